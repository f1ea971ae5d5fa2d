package io.backhaul.catalog;

import io.backhaul.backup.SignedUrl;
import java.time.Instant;

/**
 * A link that has not ended.
 *
 * @param usableUntil in our time, less the margin: after it we do not begin with this link
 */
public record LiveLink(long linkId, SignedUrl url, Instant issuedAt, Instant usableUntil) {}
