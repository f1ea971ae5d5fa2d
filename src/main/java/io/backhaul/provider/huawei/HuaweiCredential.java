package io.backhaul.provider.huawei;

import io.backhaul.provider.AccessKey;

/** What a source proves itself with: an access key that signs, or an IAM user that gets tokens. Neither prints. */
public sealed interface HuaweiCredential permits HuaweiCredential.Signing, IamUser {
    /** Every request is signed with this key. */
    record Signing(AccessKey key) implements HuaweiCredential {}
}
