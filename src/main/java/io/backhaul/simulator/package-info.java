/**
 * Clouds that misbehave on order, for the demo and for tests of the whole daemon. Written from the contracts alone and
 * importing nothing else of ours, so that a mistake on our side of the wire cannot cancel out on this one.
 */
@NullMarked
package io.backhaul.simulator;

import org.jspecify.annotations.NullMarked;
