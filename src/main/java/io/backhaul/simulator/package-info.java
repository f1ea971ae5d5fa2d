@NullMarked
package io.backhaul.simulator;

import org.jspecify.annotations.NullMarked;
