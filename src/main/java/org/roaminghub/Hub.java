package org.roaminghub;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the hub. */
@QuarkusMain
public class Hub {
    public static void main(String... args) {
        Quarkus.run(args);
    }
}
