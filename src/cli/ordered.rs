//! Many threads, one order: items are worked on in parallel and come out as they went in, in bounded memory.

use rayon::prelude::*;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

/// How many items a thread gets in a batch: enough that the threads' ends meet, few enough that memory is bounded.
const PER_THREAD: usize = 32;

/// Works on all items and hands over the results, batch by batch, in the order of the items.
///
/// A batch is what is there when the last one is done, at least one item: where items come slowly, none waits for
/// others; where they come fast, batches are full. `take` may end it all; the second of its arguments says whether
/// there is nothing more at hand, which is the time to flush.
pub(super) fn ordered<T, R, E>(
    items: impl Iterator<Item = T> + Send + 'static,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(Vec<R>, bool) -> Result<ControlFlow<()>, E>,
) -> Result<(), E>
where
    T: Send + 'static,
    R: Send,
{
    let limit = rayon::current_num_threads() * PER_THREAD;
    let (sender, receiver) = sync_channel(limit);
    let reader = std::thread::spawn(move || {
        for item in items {
            if sender.send(item).is_err() {
                break;
            }
        }
    });
    while let Some((batch, drained)) = next_batch(&receiver, limit) {
        let results = batch.into_par_iter().with_max_len(4).map(&work).collect();
        if take(results, drained)?.is_break() {
            // the reader may hang in a read; the process ends without it
            return Ok(());
        }
    }
    // a reader that fell over must not pass for the end of the input
    reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    Ok(())
}

fn next_batch<T>(receiver: &Receiver<T>, limit: usize) -> Option<(Vec<T>, bool)> {
    let mut batch = vec![receiver.recv().ok()?];
    while batch.len() < limit {
        match receiver.try_recv() {
            Ok(item) => batch.push(item),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => return Some((batch, true)),
        }
    }
    Some((batch, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_and_the_end_is_heeded() {
        let mut got = Vec::new();
        let done: Result<(), ()> = ordered(
            0..10_000,
            |i| i * 2,
            |batch, _| {
                got.extend(batch);
                Ok(ControlFlow::Continue(()))
            },
        );
        assert_eq!(done, Ok(()));
        assert_eq!(got, (0..10_000).map(|i| i * 2).collect::<Vec<_>>());

        let mut taken = 0;
        let done: Result<(), ()> = ordered(
            0..,
            |i: u32| i,
            |batch, _| {
                taken += batch.len();
                Ok(if taken > 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            },
        );
        assert_eq!(done, Ok(()));
    }
}
