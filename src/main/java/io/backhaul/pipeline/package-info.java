/**
 * The use-cases; read this package first. A tick calls a cycle, a cycle asks a provider, a store or an archive, and
 * writes what it learnt as rows:
 *
 * <ul>
 *   <li>{@link io.backhaul.pipeline.ListingCycle}: which backups are there, and until when
 *   <li>{@link io.backhaul.pipeline.LinkCycle}: links for the most urgent, as many as can soon be used
 *   <li>{@link io.backhaul.pipeline.TransferCycle}: claim, download, verify, publish
 * </ul>
 *
 * No HTTP, no SQL, no Quartz, no wall clock: everything comes in through constructors.
 */
@NullMarked
package io.backhaul.pipeline;

import org.jspecify.annotations.NullMarked;
