@NullMarked
package io.backhaul.provider.huawei;

import org.jspecify.annotations.NullMarked;
