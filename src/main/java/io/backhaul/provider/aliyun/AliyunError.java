package io.backhaul.provider.aliyun;

import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LenientJson;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A refusal as the gateway words it, in JSON or, from some, in XML (tencent-aliyun.md 4.3).
 *
 * @param code words with dots; empty when the answer only says that it failed
 * @param message as given: to be redacted before it is shown
 * @param requestId may be empty
 */
record AliyunError(String code, String message, String requestId) {
    /** What some products say in a code although all went well. */
    private static final Set<String> NO_ERROR = Set.of("", "200", "0", "ok", "success");

    private static final Pattern XML = Pattern.compile("^\\s*(<\\?xml[^>]{0,200}>)?\\s*<Error\\b");

    /** The refusal in an answer; nothing in a success or in something foreign. */
    static Optional<AliyunError> of(ApiAnswer answer) {
        if (XML.matcher(answer.body()).lookingAt()) {
            return Optional.of(
                    new AliyunError(element(answer, "Code"), element(answer, "Message"), element(answer, "RequestId")));
        }
        return LenientJson.parse(answer.body()).filter(AliyunError::isRefusal).map(AliyunError::of);
    }

    private static boolean isRefusal(Fields fields) {
        return !NO_ERROR.contains(text(fields, "Code").strip().toLowerCase(Locale.ROOT))
                || text(fields, "Success").equalsIgnoreCase("false");
    }

    private static AliyunError of(Fields fields) {
        return new AliyunError(text(fields, "Code"), text(fields, "Message"), text(fields, "RequestId"));
    }

    private static String text(Fields fields, String name) {
        return fields.text(name).orElse("");
    }

    /** By its tags alone: nothing of a foreign document is resolved, and no parser runs on it. */
    private static String element(ApiAnswer answer, String name) {
        var from = answer.body().indexOf("<" + name + ">");
        var to = answer.body().indexOf("</" + name + ">", Math.max(from, 0));
        return from < 0 || to < 0 ? "" : answer.body().substring(from + name.length() + 2, to);
    }
}
