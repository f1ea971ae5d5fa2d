@NullMarked
package io.backhaul.app;

import org.jspecify.annotations.NullMarked;
