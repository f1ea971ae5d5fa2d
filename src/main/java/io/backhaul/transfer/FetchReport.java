package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;

/**
 * What one fetch did; enough for the attempt's row.
 *
 * @param fromByte where it went on; 0 for a fresh start
 * @param moved bytes of the file that came over the wire in this fetch
 * @param gained bytes that need not come again now and had to before; negative when more was given up, and 0 of a fetch
 *     that is complete or was stopped. What a store sends from the first byte again and again is moved, and gains nothing
 * @param httpStatus of the last answer, or 0 when there was none
 */
public record FetchReport(long fromByte, ByteCount moved, long gained, int httpStatus, FetchOutcome outcome) {}
