@NullMarked
package io.backhaul.transfer;

import org.jspecify.annotations.NullMarked;
