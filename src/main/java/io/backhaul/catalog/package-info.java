@NullMarked
package io.backhaul.catalog;

import org.jspecify.annotations.NullMarked;
