/** The operator's words. */
@NullMarked
package io.backhaul.cli;

import org.jspecify.annotations.NullMarked;
