package io.backhaul.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** What every JVM process can say of itself. Closing it takes the garbage collector's listeners off again. */
public final class ProcessMetrics implements AutoCloseable {
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    public ProcessMetrics(MeterRegistry registry) {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        withoutIllNamed(registry);
    }

    /** Two of Micrometer's names break Prometheus' rules; {@code process_cpu_usage} says what one of them would. */
    private static void withoutIllNamed(MeterRegistry registry) {
        registry.find("process.cpu.time").meters().forEach(registry::remove);
        registry.find("system.cpu.count").meters().forEach(registry::remove);
    }

    @Override
    public void close() {
        garbageCollection.close();
    }
}
