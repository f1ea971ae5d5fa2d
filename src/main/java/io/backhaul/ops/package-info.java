/** Be seen: metrics, health, admin HTTP and the status page. */
@NullMarked
package io.backhaul.ops;

import org.jspecify.annotations.NullMarked;
