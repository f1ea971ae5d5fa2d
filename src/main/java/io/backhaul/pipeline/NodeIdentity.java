package io.backhaul.pipeline;

/**
 * Who this daemon is.
 *
 * @param name unique among the daemons that share a database, and the same after a restart
 * @param version of Backhaul
 */
public record NodeIdentity(String name, String version) {}
