@NullMarked
package io.backhaul.config;

import org.jspecify.annotations.NullMarked;
