/**
 * Tencent's Redis (CRS), by tencent-aliyun.md: its API 2018-04-12 ({@link io.backhaul.provider.tencent.TencentCrs}) and
 * the old v2 ({@link io.backhaul.provider.tencent.TencentCrsV2}).
 */
@NullMarked
package io.backhaul.provider.tencent;

import org.jspecify.annotations.NullMarked;
