package dev.observatory.journal;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Begins the journal before its sources and ends it after them: they name this in their {@link jakarta.ejb.DependsOn}.
 * CDI alone knows no order; beans of EJB end before those of CDI, so the database is still open then. Thread-safe.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class JournalLifecycle {

    @Inject
    private JournalProducer journal;

    @PostConstruct
    void start() {
        journal.status();
    }

    @PreDestroy
    void stop() {
        journal.close();
    }

    /** How the writing behind goes. */
    public JournalStatus status() {
        return journal.status();
    }
}
