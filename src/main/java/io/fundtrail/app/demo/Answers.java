package io.fundtrail.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.app.demo.Instances.Kind;
import io.fundtrail.model.Address;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a service answers about the demo that was played on it. */
final class Answers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI service;

  Answers(URI service) {
    this.service = service;
  }

  RoundOutcome round(Offering offering) {
    String query = URLEncoder.encode(CallData.filing(offering), StandardCharsets.UTF_8);
    return RoundOutcome.of(offering, only(ask("/v1/rounds?q=" + query), "/rounds"));
  }

  SampleOrchardsOutcome sampleOrchards(Instances instances) {
    JsonNode investors = ask("/v1/share-classes/" + at(instances, Kind.SHARE_CLASS) + "/holders");
    JsonNode founders = ask("/v1/share-classes/" + at(instances, Kind.FOUNDERS_CLASS) + "/holders");
    return new SampleOrchardsOutcome(
        SampleOrchards.OFFERING.issuer(),
        SampleOrchardsOutcome.ShareClass.of(founders.at("/shareClass")),
        SampleOrchardsOutcome.ShareClass.of(investors.at("/shareClass")),
        SampleOrchardsOutcome.Trust.of(ask("/v1/trusts/" + at(instances, Kind.TRUST))),
        SampleOrchardsOutcome.Dividend.of(
            ask("/v1/distributions/" + at(instances, Kind.DISTRIBUTION) + "/1")
                .at("/distribution")),
        SampleOrchardsOutcome.Vote.of(ask("/v1/votes/" + at(instances, Kind.VOTE)).at("/vote")),
        SampleOrchardsOutcome.Recovery.of(
            only(ask("/v1/recoveries"), "/recoveries"), investors.at("/holders")));
  }

  private static Address at(Instances instances, Kind kind) {
    return instances.at(SampleOrchards.OFFERING, kind);
  }

  private static JsonNode only(JsonNode answer, String list) {
    if (answer.at(list).size() != 1) {
      throw new DemoStopped(
          "the service answers %d of %s instead of 1: %s"
              .formatted(answer.at(list).size(), list, answer));
    }
    return answer.at(list).path(0);
  }

  private JsonNode ask(String path) {
    URI question = service.resolve(path);
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(question).timeout(LIMIT).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new DemoStopped("%s answers %s".formatted(question, response.body()));
      }
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new DemoStopped("%s does not answer: %s".formatted(question, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoStopped("interrupted while reading the result back");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
