@NullMarked
package io.backhaul.archive;

import org.jspecify.annotations.NullMarked;
