/**
 * Bytes from links to staged, verified files (DESIGN 5, rules 1 to 4). {@link io.backhaul.transfer.Downloader} moves
 * them, {@link io.backhaul.transfer.StagedFile} is where they stand until their set is whole.
 */
@NullMarked
package io.backhaul.transfer;

import org.jspecify.annotations.NullMarked;
