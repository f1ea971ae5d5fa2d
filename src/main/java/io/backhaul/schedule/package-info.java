@NullMarked
package io.backhaul.schedule;

import org.jspecify.annotations.NullMarked;
