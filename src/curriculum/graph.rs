//! Which steps wait for each other in a circle. Iterative, because a chain may have 5,000 links.

use std::collections::VecDeque;

/// For each node, the nodes it waits for.
pub type Edges = Vec<Vec<usize>>;

/// The strongly connected component of each node (Tarjan, with its call stack as a list).
pub fn components(edges: &Edges) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let n = edges.len();
    let (mut order, mut low, mut component) = (vec![UNSEEN; n], vec![0; n], vec![UNSEEN; n]);
    let (mut next, mut found) = (0, 0);
    let mut path = Vec::new(); // seen, and not yet in a component
    let mut calls: Vec<(usize, usize)> = Vec::new(); // a node and how many of its edges were followed
    for root in 0..n {
        if order[root] != UNSEEN {
            continue;
        }
        calls.push((root, 0));
        while let Some((node, followed)) = calls.pop() {
            if followed == 0 {
                (order[node], low[node]) = (next, next);
                next += 1;
                path.push(node);
            }
            if let Some(&target) = edges[node].get(followed) {
                calls.push((node, followed + 1));
                if order[target] == UNSEEN {
                    calls.push((target, 0));
                } else if component[target] == UNSEEN {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            if low[node] == order[node] {
                while let Some(member) = path.pop() {
                    component[member] = found;
                    if member == node {
                        break;
                    }
                }
                found += 1;
            }
            if let Some((parent, _)) = calls.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
        }
    }
    component
}

/// One shortest circle for each component that has one, from its first node; the first node is not
/// repeated at the end.
pub fn cycles(edges: &Edges, component: &[usize]) -> Vec<Vec<usize>> {
    let mut done = vec![false; edges.len()];
    let mut cycles = Vec::new();
    for start in 0..edges.len() {
        if std::mem::replace(&mut done[component[start]], true) {
            continue;
        }
        cycles.extend(shortest_back(edges, component, start));
    }
    cycles
}

fn shortest_back(edges: &Edges, component: &[usize], start: usize) -> Option<Vec<usize>> {
    let mut came_from = std::collections::HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for &target in edges[node].iter().filter(|target| component[**target] == component[start]) {
            if target == start {
                let mut cycle = vec![node];
                while let Some(&before) =
                    cycle.last().filter(|node| **node != start).and_then(|node| came_from.get(node))
                {
                    cycle.push(before);
                }
                cycle.reverse();
                return Some(cycle);
            }
            came_from.entry(target).or_insert_with(|| {
                queue.push_back(target);
                node
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(edges: &[&[usize]]) -> Vec<Vec<usize>> {
        let edges: Edges = edges.iter().map(|targets| targets.to_vec()).collect();
        cycles(&edges, &components(&edges))
    }

    #[test]
    fn a_circle_is_named_once_from_its_first_step() {
        assert_eq!(found(&[&[1], &[2], &[0], &[0]]), [vec![0, 1, 2]]);
    }

    #[test]
    fn a_step_that_waits_for_itself_is_a_circle() {
        assert_eq!(found(&[&[], &[1]]), [vec![1]]);
    }

    #[test]
    fn two_circles_are_both_named_and_a_diamond_is_none() {
        assert_eq!(found(&[&[1], &[0], &[3], &[2, 0]]), [vec![0, 1], vec![2, 3]]);
        assert_eq!(found(&[&[1, 2], &[3], &[3], &[]]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn the_shortest_circle_is_named() {
        assert_eq!(found(&[&[1, 2], &[2], &[0]]), [vec![0, 2]]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_steps_needs_no_stack() {
        let n = 100_000;
        let edges: Edges = (0..n).map(|node| vec![(node + 1) % n]).collect();
        assert_eq!(cycles(&edges, &components(&edges)).first().map(Vec::len), Some(n));
    }

    proptest! {
        /// Against an oracle: two nodes are in one component if each reaches the other.
        #[test]
        fn components_are_mutual_reach(pairs in prop::collection::vec((0usize..8, 0usize..8), 0..24)) {
            let mut edges: Edges = vec![Vec::new(); 8];
            pairs.iter().for_each(|(from, to)| edges[*from].push(*to));
            let mut reach = [[false; 8]; 8];
            (0..8).for_each(|node| reach[node][node] = true);
            pairs.iter().for_each(|(from, to)| reach[*from][*to] = true);
            for k in 0..8 {
                for i in 0..8 {
                    for j in 0..8 {
                        reach[i][j] |= reach[i][k] && reach[k][j];
                    }
                }
            }
            let component = components(&edges);
            for i in 0..8 {
                for j in 0..8 {
                    prop_assert_eq!(component[i] == component[j], reach[i][j] && reach[j][i]);
                }
            }
            for cycle in cycles(&edges, &component) {
                let next = cycle.iter().cycle().skip(1);
                prop_assert!(cycle.iter().zip(next).all(|(from, to)| edges[*from].contains(to)));
            }
        }
    }
}
