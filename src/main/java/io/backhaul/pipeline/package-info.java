@NullMarked
package io.backhaul.pipeline;

import org.jspecify.annotations.NullMarked;
