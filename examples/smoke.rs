use foretell::*;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let file = diagnostic::SourceFile::new(path.clone(), std::fs::read_to_string(&path).unwrap());
    let (doc, mut d) = scenario::parse(&file);
    let (model, d2) = model::build(&doc, &Default::default(), &[]);
    d.extend(d2);
    print!("{}", diagnostic::render_all(&d, &diagnostic::Sources::new(file), diagnostic::Style::Plain));
    let Some(model) = model else { return };
    let t = std::time::Instant::now();
    let program = program::compile(&model, &[]).unwrap();
    println!("compile {:?} steps {}", t.elapsed(), program.len());
    for kind in design::Kind::ALL { for rule in [simulation::Rule::Draws(16384), simulation::Rule::default()] {
        let t = std::time::Instant::now();
        let run = simulation::simulate(&model, &program, &simulation::Settings{kind, seed: 1, threads: 0, rule}, &simulation::Watch::new()).unwrap();
        println!("{kind:?} {} {:?}", run.summary.plan.draws(), t.elapsed());
        for o in &run.summary.outcomes { println!("  {} {:.6} ± {:.6} {:?} {}", o.id, o.probability.value, o.probability.half_width(), o.spread, o.words); }
        for o in &run.summary.derived { println!("  {} {:?} {} {:?} {:?}", o.id, o.mean.value, o.sd, o.spread, o.by_outcome.iter().map(|e| (e.value, e.std_error)).collect::<Vec<_>>()); }
        for o in &run.summary.events { println!("  {} {:?}", o.id, o.probability); }
        if kind == design::Kind::Sobol { 
            let t = std::time::Instant::now();
            let dr = analysis::drivers::find(&model, &program, &run);
            println!("drivers {:?}", t.elapsed());
            for l in &dr.outcomes { for x in l.iter().take(3) { println!("   {} {:.3} {:.3} ± {:.3} ρ {:.2}", x.label, x.low, x.high, x.swing.half_width(), x.correlation); } println!(); } }
    }}
}
