package io.backhaul.simulator;

/** What one asks a provider's API for; each dialect has its own words. */
public enum Operation {
    DCS_INSTANCES,
    DCS_BACKUPS,
    DCS_LINKS
}
