package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;

/**
 * What one fetch did; enough for the attempt's row.
 *
 * @param fromByte where it went on; 0 for a fresh start
 * @param moved bytes of the file that came over the wire in this fetch
 * @param httpStatus of the last answer, or 0 when there was none
 */
public record FetchReport(long fromByte, ByteCount moved, int httpStatus, FetchOutcome outcome) {}
