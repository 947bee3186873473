//! The measuring: contestants take turns on the same few bodies, so that whatever else the machine does meets all
//! of them alike. Several rounds; what counts is the median of the rounds' ratios.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::bodies::Body;
use crate::contestants::Contestant;

/// What one contestant took.
pub(crate) struct Measure {
    pub(crate) name: &'static str,
    /// The median time for all bodies once.
    pub(crate) time: Duration,
    /// Its times by the floor's: the first quartile, the median, the third quartile.
    pub(crate) ratio: [f64; 3],
}

/// How many bytes of bodies a contestant checks in one turn.
const TURN: usize = 1 << 18;

/// Measures the contestants, of whom the first is the floor.
pub(crate) fn measure(bodies: &[Body], contestants: &[&Contestant], rounds: usize) -> Vec<Measure> {
    let turns = turns(bodies);
    // A case that is over in no time is repeated, so that a round takes a while.
    let once = round(&turns, contestants, 0, 1);
    let floor = once.first().copied().unwrap_or_default();
    let repeat = (Duration::from_millis(5).as_nanos() / floor.as_nanos().max(1)).clamp(1, 10_000) as usize;
    let rounds: Vec<Vec<Duration>> =
        (0..rounds).map(|number| round(&turns, contestants, number, repeat)).collect();
    let of = |index: usize| {
        move |round: &Vec<Duration>| round.get(index).copied().unwrap_or_default().as_secs_f64()
    };
    contestants
        .iter()
        .enumerate()
        .map(|(index, contestant)| {
            let times = rounds.iter().map(of(index)).collect();
            let ratios = rounds.iter().map(|round| of(index)(round) / of(0)(round)).collect();
            let [_, median, _] = quartiles(times);
            Measure {
                name: contestant.name,
                time: Duration::from_secs_f64(median / repeat as f64),
                ratio: quartiles(ratios),
            }
        })
        .collect()
}

/// One round: every contestant over all bodies. What each took.
fn round(turns: &[&[Body]], contestants: &[&Contestant], number: usize, repeat: usize) -> Vec<Duration> {
    let mut took = vec![Duration::ZERO; contestants.len()];
    for (index, bodies) in turns.iter().enumerate() {
        let mut order: Vec<_> = took.iter_mut().zip(contestants).collect();
        // Whoever comes first brings the bodies into the cache, so all come first in turn.
        let first = (index + number) % order.len().max(1);
        order.rotate_left(first);
        for (took, contestant) in order {
            let start = Instant::now();
            for _ in 0..repeat {
                for body in *bodies {
                    black_box((contestant.check)(black_box(body)));
                }
            }
            *took += start.elapsed();
        }
    }
    took
}

fn turns(bodies: &[Body]) -> Vec<&[Body]> {
    let mut turns = Vec::new();
    let mut rest = bodies;
    while !rest.is_empty() {
        let mut bytes = 0;
        let enough = rest.iter().position(|body| {
            bytes += body.text.len();
            bytes >= TURN
        });
        let (turn, after) = rest.split_at(enough.map_or(rest.len(), |last| last + 1));
        turns.push(turn);
        rest = after;
    }
    turns
}

fn quartiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values.get(values.len() * quarter / 4).copied().unwrap_or(f64::NAN))
}
