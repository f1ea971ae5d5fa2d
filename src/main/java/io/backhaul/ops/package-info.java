@NullMarked
package io.backhaul.ops;

import org.jspecify.annotations.NullMarked;
