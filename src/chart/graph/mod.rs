//! Drawings of networks in layers: every arrow goes forward, few cross, none runs through a box.
//!
//! The four steps of Sugiyama, Tagawa & Toda (1981), "Methods for visual understanding of hierarchical system structures", IEEE
//! Trans. Syst. Man Cybern. 11: [`layers`] for the nodes, an [`order`] in each layer, places [`across`] it, and a [`route`] for each
//! arrow. They know numbers of nodes and sizes, no words and no colours; the same graph gives the same drawing.

pub mod across;
pub mod chains;
pub mod layers;
pub mod order;
pub mod route;
