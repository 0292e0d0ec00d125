package org.roaminghub.console;

import org.roaminghub.PostgresForTests;

/** A hub of the console's own: its tests count rows, which other tests would add to. */
public class ConsoleHub extends PostgresForTests {
}
