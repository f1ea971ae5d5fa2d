/** The shared words as values: what every other package speaks of. JDK only, no I/O, nothing mutable. */
@NullMarked
package io.backhaul.backup;

import org.jspecify.annotations.NullMarked;
