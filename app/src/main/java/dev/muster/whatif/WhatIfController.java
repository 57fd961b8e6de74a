package dev.muster.whatif;

import dev.muster.http.QueryController;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What would have been, at an address of its own: the same as the query of that name. */
@RestController
class WhatIfController {

    private final QueryController queries;

    WhatIfController(QueryController queries) {
        this.queries = queries;
    }

    @PostMapping("/api/what-if")
    Object whatIf(HttpServletRequest request) throws IOException, InterruptedException {
        return queries.byBody("what-if", request);
    }
}
