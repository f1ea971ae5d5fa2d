package io.backhaul.catalog;

import io.backhaul.backup.ListedBackup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A listed backup and what we conclude from it.
 *
 * @param deadline after this it cannot be had any more, or null where nothing is known
 */
public record SeenBackup(ListedBackup backup, @Nullable Instant deadline) {}
