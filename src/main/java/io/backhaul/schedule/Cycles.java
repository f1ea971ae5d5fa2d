package io.backhaul.schedule;

import io.backhaul.pipeline.HousekeepingCycle;
import io.backhaul.pipeline.LinkCycle;
import io.backhaul.pipeline.ListingCycle;
import io.backhaul.pipeline.TransferCycle;

/** What there is to tick. */
public record Cycles(ListingCycle listing, LinkCycle links, TransferCycle transfers, HousekeepingCycle housekeeping) {}
