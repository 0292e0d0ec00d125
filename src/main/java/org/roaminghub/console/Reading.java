package org.roaminghub.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Reads for people, who can wait or ask for less: no search holds a connection for long, whatever it is asked. */
@ApplicationScoped
class Reading {
    private static final String LIMIT = "set local statement_timeout = '10s'";
    private static final String CANCELLED = "57014";

    private final Jdbi jdbi;

    Reading(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    <T> T read(Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(LIMIT);
                return work.apply(handle);
            });
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && CANCELLED.equals(cause.getSQLState())) {
                throw ApiProblem.tooMuch();
            }
            throw e;
        }
    }
}
