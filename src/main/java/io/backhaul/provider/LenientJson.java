package io.backhaul.provider;

import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Setback.Unavailable;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads answers as JSON objects without trusting them: bounded nesting and sizes, and no exception leaves here. */
public final class LenientJson {
    private static final int DEEPEST = 32;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(1 << 20)
                            .build())
                    .build())
            // Verbatim is verbatim: 100.00 stays what it is.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private LenientJson() {}

    /** The JSON object in a text; empty when it is anything else. */
    public static Optional<Fields> parse(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object
                    ? Optional.of(new Fields(object))
                    : Optional.empty();
        } catch (JacksonException | NumberFormatException e) {
            // Jackson lets the latter through for a number whose exponent is beyond all limits.
            // Its text quotes the input, which may hold links: nothing of it travels on.
            return Optional.empty();
        }
    }

    /** The JSON object of an answer; HTML, an empty body or a broken one is no usable answer. */
    public static Asked<Fields> read(ApiRequest request, ApiAnswer answer, Redactor redactor) {
        var fields = parse(answer.body());
        if (fields.isPresent()) {
            return new Got<>(fields.get());
        }
        var what = answer.body().isBlank() ? "an empty body" : "no JSON object: " + redactor.excerpt(answer.body());
        var reason = request.asked() + ": HTTP " + answer.status() + " with " + what;
        return new Failed<>(new Unavailable(reason, Advice.notTheApi(request.host())), answer);
    }
}
