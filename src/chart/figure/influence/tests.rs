use super::*;

/// A network of so many things: each but the first few has one to three causes among those before it; the last three are outcomes.
fn network(count: usize) -> Influence {
    let mut state = 7u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    let (mut nodes, mut arrows) = (Vec::new(), Vec::new());
    for at in 0..count {
        let kind = match at {
            _ if at + 3 >= count => InfluenceKind::Outcome(at + 3 - count),
            _ if at < count / 5 => InfluenceKind::Factor,
            _ => [InfluenceKind::Event, InfluenceKind::Derived, InfluenceKind::States][draw(3)],
        };
        nodes.push(InfluenceNode { label: format!("Thing number {at}"), value: format!("{at} %"), kind });
        let open = at.min(count - 3);
        if at >= count / 5 {
            let mut causes: Vec<usize> = (0..1 + draw(3)).map(|_| open - 1 - draw(open.min(9))).collect();
            causes.sort_unstable();
            causes.dedup();
            for from in causes {
                let sign = [InfluenceSign::Raises, InfluenceSign::Lowers, InfluenceSign::Untold][draw(3)];
                arrows.push(InfluenceArrow { from, to: at, strength: draw(100) as f64 / 150.0, sign });
            }
        }
    }
    Influence {
        wording: Wording { title: "t".into(), ..Wording::default() },
        nodes,
        arrows,
        links: Vec::new(),
    }
}

#[test]
fn every_network_is_drawn() {
    for count in [5, 12, 40] {
        let picture = network(count).layout().unwrap();
        if let Ok(to) = std::env::var("C3_OUT") {
            std::fs::write(format!("{to}/net{count}.png"), crate::chart::draw::png(&picture).unwrap())
                .unwrap();
        }
        assert!(picture.marks.len() > count);
    }
}
