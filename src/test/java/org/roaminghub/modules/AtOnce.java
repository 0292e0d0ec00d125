package org.roaminghub.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Requests that really leave at the same moment, however few processors there are. */
public final class AtOnce {
    private AtOnce() {
    }

    /** Sends {@code count} requests, numbered from 0, and gives their answers in that order. */
    public static List<Answer> send(int count, IntFunction<Answer> request) {
        ExecutorService senders = Executors.newFixedThreadPool(count);
        CyclicBarrier start = new CyclicBarrier(count);
        try {
            List<Future<Answer>> open = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                open.add(senders.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return request.apply(number);
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : open) {
                answers.add(future.get(30, TimeUnit.SECONDS));
            }
            return answers;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            senders.shutdownNow();
        }
    }
}
