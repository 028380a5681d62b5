### The superior: gates and reports. What is shared with the mentor stands in mentor.en.ftl.

gates-title = My managers: gates and reports
gates-lead =
    { $count ->
        [0] Nothing waits for your approval now.
        [one] { $count } thing waits for you.
       *[other] { $count } things wait for you.
    }
gates-nobody-title = None of your people runs a plan so far
gates-nobody = When HR starts the plan of a newly promoted manager who reports to you, it stands here: how far they are, and which gates need your yes.
gates-reviews-title = Waiting for your approval
gates-reviews-empty-title = No gate is waiting
gates-reviews-empty = A gate is a step that goes on only with your yes. When a manager hands one in, you read here what they wrote, and approve it or return it with one line.
gates-ahead-title = Gates to come
gates-ahead-empty = No further gate of yours is planned.
gates-ahead-more = and { $count } more after that
gates-mine-title = Yours to do
gates-mine-empty = No step of your own is open.
gates-managers-title = Your managers
gates-managers-hint = You see every step and date. What somebody wrote you read only where the step says so; interviews with the team and talks with the mentor stay private.
