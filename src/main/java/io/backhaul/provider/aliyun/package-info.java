/**
 * ApsaraDB for OceanBase by its API {@code OceanBasePro} 2019-09-01, by tencent-aliyun.md
 * ({@link io.backhaul.provider.aliyun.AliyunOceanBase}).
 */
@NullMarked
package io.backhaul.provider.aliyun;

import org.jspecify.annotations.NullMarked;
