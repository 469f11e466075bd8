//! temporary
#![allow(missing_docs)]
use super::*;
 pub struct FitError{pub message:String,pub hint:String}
 pub fn fit(_:Family,_:&[(f64,f64)])->Result<Vec<f64>,FitError>{Ok(vec![])}
 pub fn interval(_:f64,_:f64,_:Option<(f64,f64)>)->Result<Distribution,FitError>{Err(FitError{message:String::new(),hint:String::new()})}
 pub fn signed_interval(_:f64,_:f64)->Result<Distribution,FitError>{Err(FitError{message:String::new(),hint:String::new()})}
impl Distribution { pub fn describe(&self) -> String {String::new()} }
