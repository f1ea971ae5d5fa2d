/** The composition root: builds and starts everything, and stops it in reverse. */
@NullMarked
package io.backhaul.app;

import org.jspecify.annotations.NullMarked;
