//! Many threads, one order: items are worked on in parallel and come out as they went in, in bounded memory.
//!
//! One thread reads, as many as wished work, the caller's takes. What is read and not yet taken is bounded by number
//! and by size: a reader that is ahead waits. No thread waits for the article of another: while a long one is at work
//! the others go on, until what they have finished fills the bound.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many items may be on their way for each thread.
const PER_THREAD: usize = 256;
/// How many bytes may be on their way, entries before and results after the work; a single item may be longer.
const BYTES: usize = 48 << 20;
/// How often the taker looks up where nothing comes.
const TICK: Duration = Duration::from_millis(100);

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Everything was taken, or the taker had enough.
    Done,
    /// It was told to stop; what was at work was finished and taken.
    Stopped,
}

/// Takes an item and its size.
pub(super) type Give<'a, T> = dyn FnMut(T, usize) -> ControlFlow<()> + 'a;

/// What the taker is told.
pub(super) enum Told<R> {
    /// The next result, and whether there is nothing more at hand, which is the time to flush.
    Result(R, bool),
    /// Nothing has come for a while.
    Idle,
}

struct State<T> {
    queue: VecDeque<(u64, T, usize)>,
    items: usize,
    bytes: usize,
    /// how many were handed to workers
    begun: u64,
    ended: bool,
    stopped: bool,
}

struct Hall<T> {
    state: Mutex<State<T>>,
    room: Condvar,
    work: Condvar,
    most: usize,
}

impl<T> Hall<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give(&self, item: T, size: usize) -> ControlFlow<()> {
        let full =
            |s: &mut State<T>| !s.stopped && s.items > 0 && (s.items >= self.most || s.bytes + size > BYTES);
        let mut state = self.room.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        if state.stopped {
            return ControlFlow::Break(());
        }
        let number = state.begun + state.queue.len() as u64;
        state.queue.push_back((number, item, size));
        state.items += 1;
        state.bytes += size;
        drop(state);
        self.work.notify_one();
        ControlFlow::Continue(())
    }

    fn next(&self) -> Option<(u64, T, usize)> {
        let none = |s: &mut State<T>| s.queue.is_empty() && !s.ended && !s.stopped;
        let mut state = self.work.wait_while(self.lock(), none).unwrap_or_else(PoisonError::into_inner);
        let item = state.queue.pop_front()?;
        state.begun += 1;
        Some(item)
    }

    fn end(&self) {
        self.lock().ended = true;
        self.work.notify_all();
    }

    /// Nothing new is begun.
    fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        state.queue.clear();
        drop(state);
        self.work.notify_all();
        self.room.notify_all();
    }
}

/// Ends the hall also where the reader falls over.
struct Ends<T>(Arc<Hall<T>>);

impl<T> Drop for Ends<T> {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Works on all items and hands over the results in the order of the items.
///
/// `read` is given what takes an item and its size; `work` returns a result and its size; `take` may end it all.
/// Where `stop` becomes true, what is at work is finished and the rest left.
pub(super) fn ordered<T, R, E>(
    threads: usize,
    stop: &AtomicBool,
    read: impl FnOnce(&mut Give<'_, T>) + Send + 'static,
    work: impl Fn(T) -> (R, usize) + Sync,
    mut take: impl FnMut(Told<R>) -> Result<ControlFlow<()>, E>,
) -> Result<End, E>
where
    T: Send + 'static,
    R: Send,
{
    let state = State { queue: VecDeque::new(), items: 0, bytes: 0, begun: 0, ended: false, stopped: false };
    let hall = Arc::new(Hall {
        state: Mutex::new(state),
        room: Condvar::new(),
        work: Condvar::new(),
        most: threads * PER_THREAD,
    });
    let ends = Ends(hall.clone());
    let reader = std::thread::spawn(move || read(&mut |item, size| ends.0.give(item, size)));
    let end = std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 0..threads {
            let (hall, work, sender) = (&*hall, &work, sender.clone());
            scope.spawn(move || labour(hall, work, &sender));
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut end = End::Done;
        loop {
            if stop.load(Ordering::Relaxed) && end == End::Done {
                hall.stop();
                end = End::Stopped;
            }
            match receiver.recv_timeout(TICK) {
                Ok((number, result, size)) => {
                    waiting.insert(number, (result, size));
                }
                Err(RecvTimeoutError::Timeout) => {
                    if take(Told::Idle).inspect_err(|_| hall.stop())?.is_break() {
                        hall.stop();
                        return Ok(end);
                    }
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(end),
            }
            waiting.extend(receiver.try_iter().map(|(number, result, size)| (number, (result, size))));
            while let Some((result, size)) = waiting.remove(&next) {
                next += 1;
                let drained = !waiting.contains_key(&next);
                let flow = take(Told::Result(result, drained)).inspect_err(|_| hall.stop())?;
                let mut state = hall.lock();
                state.items -= 1;
                state.bytes -= size;
                drop(state);
                hall.room.notify_one();
                if flow.is_break() {
                    hall.stop();
                    return Ok(end);
                }
            }
        }
    })?;
    // a reader that fell over must not pass for the end of the input; one that hangs in a read is left to hang
    if hall.lock().ended
        && let Err(panic) = reader.join()
    {
        std::panic::resume_unwind(panic);
    }
    Ok(end)
}

fn labour<T, R>(hall: &Hall<T>, work: impl Fn(T) -> (R, usize), sender: &Sender<(u64, R, usize)>) {
    while let Some((number, item, before)) = hall.next() {
        let (result, after) = work(item);
        let mut state = hall.lock();
        state.bytes = state.bytes - before + after;
        drop(state);
        if sender.send((number, result, after)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Never = std::convert::Infallible;

    fn run(
        threads: usize,
        stop: &AtomicBool,
        items: impl Iterator<Item = u64> + Send + 'static,
        work: impl Fn(u64) -> u64 + Sync,
        mut take: impl FnMut(u64) -> ControlFlow<()>,
    ) -> End {
        let done: Result<End, Never> = ordered(
            threads,
            stop,
            move |give| {
                let _ = items.into_iter().try_for_each(|i| give(i, 1));
            },
            |i| (work(i), 1),
            |told| {
                Ok(match told {
                    Told::Result(i, _) => take(i),
                    Told::Idle => ControlFlow::Continue(()),
                })
            },
        );
        done.unwrap()
    }

    #[test]
    fn order_is_kept_and_the_end_is_heeded() {
        let never = AtomicBool::new(false);
        for threads in [1, 3] {
            let mut got = Vec::new();
            run(
                threads,
                &never,
                0..10_000,
                |i| i * 2,
                |i| {
                    got.push(i);
                    ControlFlow::Continue(())
                },
            );
            assert_eq!(got, (0..10_000).map(|i| i * 2).collect::<Vec<_>>());
        }
        let mut taken = 0;
        run(
            2,
            &never,
            0..,
            |i| i,
            |_| {
                taken += 1;
                if taken > 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(taken, 101);
    }

    #[test]
    fn a_stop_takes_what_is_at_work_and_no_more() {
        let stop = AtomicBool::new(false);
        let mut got = Vec::new();
        let end = run(
            2,
            &stop,
            0..,
            |i| i,
            |i| {
                got.push(i);
                stop.store(i >= 5_000, Ordering::Relaxed);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(end, End::Stopped);
        assert_eq!(got, (0..got.len() as u64).collect::<Vec<_>>());
    }

    #[test]
    fn others_go_on_while_one_is_slow() {
        let never = AtomicBool::new(false);
        let others = AtomicBool::new(false);
        let mut got = Vec::new();
        let work = |i| {
            // the first waits for the hundredth, which only another thread can do
            while i == 0 && !others.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
            others.fetch_or(i == 100, Ordering::Relaxed);
            i
        };
        run(2, &never, 0..200, work, |i| {
            got.push(i);
            ControlFlow::Continue(())
        });
        assert_eq!(got, (0..200).collect::<Vec<_>>());
    }

    #[test]
    #[should_panic(expected = "the reader fell")]
    fn a_reader_that_falls_over_is_no_end() {
        let items = (0..10).inspect(|i| assert!(*i < 5, "the reader fell"));
        run(1, &AtomicBool::new(false), items, |i| i, |_| ControlFlow::Continue(()));
    }
}
