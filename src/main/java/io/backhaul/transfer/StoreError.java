package io.backhaul.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The part of a store's error document that may be shown: {@code <Code>} and {@code <Message>}. The rest (resource,
 * string to sign, key id) repeats the link.
 */
record StoreError(@Nullable String code, @Nullable String message) {
    static final StoreError NONE = new StoreError(null, null);

    private static final long LONGEST = 64 * 1024;
    private static final long PATIENCE_SECONDS = 10;
    private static final Pattern CODE = Pattern.compile("<Code>\\s*([A-Za-z0-9._-]{1,64})\\s*</Code>");
    private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]{1,1000})</Message>");

    /** Reads at most 64 KiB for at most ten seconds; a document that breaks off says as much as came. */
    static StoreError read(BufferedSource body, Redaction redaction) {
        try {
            body.timeout().deadline(PATIENCE_SECONDS, TimeUnit.SECONDS);
            body.request(LONGEST);
        } catch (IOException e) {
            // the status already says what to do; what came of the document is in the buffer
        }
        var bytes = body.getBuffer().snapshot((int) Math.min(body.getBuffer().size(), LONGEST));
        return parse(bytes.string(StandardCharsets.UTF_8), redaction);
    }

    static StoreError parse(String document, Redaction redaction) {
        var code = CODE.matcher(document);
        var message = MESSAGE.matcher(document);
        return new StoreError(
                code.find() ? redaction.clean(code.group(1)) : null,
                message.find() ? redaction.clean(message.group(1)) : null);
    }

    /** Status, code and message as one line. */
    String describe(int status) {
        return "HTTP " + status + (code == null ? "" : " " + code) + (message == null ? "" : ": " + message);
    }
}
