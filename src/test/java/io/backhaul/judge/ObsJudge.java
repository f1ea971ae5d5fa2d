package io.backhaul.judge;

/** Huawei's own object-store client: the links that it makes. */
public interface ObsJudge {
    /**
     * A link for a GET.
     *
     * @param family {@code V2}, {@code OBS} or {@code V4}
     * @param securityToken empty for a permanent key
     */
    String link(String family, String securityToken, String bucket, String key, long seconds);
}
