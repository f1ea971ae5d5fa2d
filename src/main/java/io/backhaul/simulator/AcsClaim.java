package io.backhaul.simulator;

/**
 * What a request to Alibaba says of itself, whichever way it is signed.
 *
 * @param token empty for lasting keys
 * @param stamp when it was signed, as written
 * @param textToSign what the provider signs, and shows in a refusal
 * @param isGenuine whether our key makes the same signature of it
 */
record AcsClaim(String keyId, String token, String stamp, String nonce, String textToSign, boolean isGenuine) {}
