package io.backhaul.provider.huawei;

/** What a source proves itself with: an access key that signs, or an IAM user that gets tokens. Neither prints. */
public sealed interface HuaweiCredential permits AkSk, IamUser {}
