package io.backhaul.provider.tencent;

import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LenientJson;
import java.util.Optional;

/**
 * A refusal as either API words it, always with HTTP 200 (tencent-aliyun.md 4.1, 4.2).
 *
 * @param code a number in v2, words with a dot in 2018-04-12; may be empty
 * @param name v2's codeDesc; may be empty
 * @param message as given: to be redacted before it is shown
 * @param requestId may be empty
 */
record CrsError(String code, String name, String message, String requestId) {
    /** What an answer came to: one of the two envelopes, or none. */
    enum Kind {
        SUCCESS,
        REFUSAL,
        /** No JSON, or none of an API's. */
        FOREIGN
    }

    static Kind kindOf(ApiAnswer answer) {
        var fields = LenientJson.parse(answer.body());
        if (fields.flatMap(CrsError::refusal).isPresent()) {
            return Kind.REFUSAL;
        }
        var isOurs = fields.filter(one ->
                        one.object("Response").isPresent() || one.text("code").isPresent())
                .isPresent();
        return isOurs ? Kind.SUCCESS : Kind.FOREIGN;
    }

    /** The refusal in an answer; nothing in a success or in something foreign. */
    static Optional<CrsError> of(ApiAnswer answer) {
        return LenientJson.parse(answer.body()).flatMap(CrsError::refusal);
    }

    /** The newer host is known to answer in the older envelope at times. */
    private static Optional<CrsError> refusal(Fields fields) {
        var response = fields.object("Response");
        return response.isPresent() ? newer(response.get()) : older(fields);
    }

    private static Optional<CrsError> newer(Fields response) {
        return response.object("Error")
                .map(error ->
                        new CrsError(text(error, "Code"), "", text(error, "Message"), text(response, "RequestId")));
    }

    private static Optional<CrsError> older(Fields fields) {
        return fields.text("code")
                .filter(code -> fields.number("code").orElse(-1) != 0)
                .map(code -> new CrsError(
                        code, text(fields, "codeDesc"), text(fields, "message"), text(fields, "requestId")));
    }

    private static String text(Fields fields, String name) {
        return fields.text(name).orElse("");
    }
}
