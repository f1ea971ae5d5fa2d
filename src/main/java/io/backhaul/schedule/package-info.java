/** When: Quartz jobs of a few lines, each calls a cycle. Quartz ticks, PostgreSQL decides: a lost tick only delays. */
@NullMarked
package io.backhaul.schedule;

import org.jspecify.annotations.NullMarked;
