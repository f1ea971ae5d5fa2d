package io.backhaul.simulator;

/** One understood call of a Huawei API. Ids are empty where the operation has none. */
record HuaweiCall(Operation operation, String projectId, String instanceId, String backupId, WireRequest request) {}
