package io.backhaul.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered. It holds no secret: of the query only the names, of most headers only the names too.
 *
 * @param at in the provider's time
 * @param path as sent, undecoded
 * @param headerNames as sent
 * @param headers values of the headers that matter to a range, a cache or a signature, by lower-case name
 * @param place the file or the operation that was meant; null when the request was refused before that was clear
 * @param fault the fault that struck; null when none did
 */
public record RecordedRequest(
        Instant at,
        String method,
        String path,
        List<String> queryNames,
        List<String> headerNames,
        Map<String, String> headers,
        int status,
        @Nullable FaultTarget place,
        @Nullable Fault fault) {
    public RecordedRequest {
        queryNames = List.copyOf(queryNames);
        headerNames = List.copyOf(headerNames);
        headers = Map.copyOf(headers);
    }

    /** A header's value, if the header was sent and is one of those that are kept. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }
}
