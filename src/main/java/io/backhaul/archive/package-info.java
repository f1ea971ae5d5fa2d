/** Keeps sets for good (DESIGN 5 rule 1, 6): an {@link io.backhaul.archive.Archive} shows a set whole or not at all. */
@NullMarked
package io.backhaul.archive;

import org.jspecify.annotations.NullMarked;
