use foretell::design::*; use foretell::math::level::Level; use foretell::math::elementary;
foretell::kernel!{ fn kexp(out: &mut [f64], a: &[f64]) { for (o,a) in out.iter_mut().zip(a) { *o = elementary::exp(*a); } } }
foretell::kernel!{ fn kln(out: &mut [f64], a: &[f64]) { for (o,a) in out.iter_mut().zip(a) { *o = elementary::ln(*a); } } }
fn time(name: &str, mut f: impl FnMut()) { let n=20000; f(); let mut best=f64::MAX; for _ in 0..7 { let t=std::time::Instant::now(); for _ in 0..n {f();} best=best.min(t.elapsed().as_nanos() as f64/(n as f64*512.0)); } println!("{name} {best:.2} ns"); }
fn main(){ let mut v=vec![0.0;512]; let mut w=vec![0.0;512];
 for level in Level::all() { println!("{}", level.name());
 for kind in Kind::ALL { let c=Design{kind,seed:1,points_per_replicate:1000000}.column(Place{replicate:0,copy:0,dimension:3,name:"x"}); let mut i=0; time(kind.name(), || {c.fill_on(level,i,&mut v); i=(i+512)%524288;}); }
 time("exp", || kexp(level,&mut w,&v)); time("ln", || kln(level,&mut w,&v)); std::hint::black_box(&w);
 }}
