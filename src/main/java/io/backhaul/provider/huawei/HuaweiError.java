package io.backhaul.provider.huawei;

import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LenientJson;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Code and message of a refusal, out of any envelope that Huawei uses (huawei.md 4.1): flat, camelCase, nested, XML.
 * Either may be empty; the message is then the body itself.
 *
 * @param code as given
 * @param message as given: to be redacted before it is shown
 */
record HuaweiError(String code, String message) {
    private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]*)</Code>");
    private static final Pattern XML_MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

    static HuaweiError of(ApiAnswer answer) {
        return LenientJson.parse(answer.body())
                .map(fields -> ofJson(fields, answer.body()))
                .orElseGet(() -> new HuaweiError(
                        first(XML_CODE, answer.body()).orElse(""),
                        first(XML_MESSAGE, answer.body()).orElse(answer.body())));
    }

    private static HuaweiError ofJson(Fields fields, String body) {
        var nested = fields.object("error").orElse(fields);
        var code = nested.text("error_code").or(() -> nested.text("errorCode")).or(() -> nested.text("code"));
        var message =
                nested.text("error_msg").or(() -> nested.text("errorMessage")).or(() -> nested.text("message"));
        return new HuaweiError(code.orElse(""), message.orElse(body));
    }

    private static Optional<String> first(Pattern pattern, String body) {
        var matcher = pattern.matcher(body);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
