package io.fundtrail.audit;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Field;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.PersonKey;
import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.ChainUnavailable;
import io.fundtrail.chain.RpcError;
import io.fundtrail.identity.Investors;
import io.fundtrail.index.Contracts;
import io.fundtrail.index.EventFilter;
import io.fundtrail.index.Journal;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.BundleTooLarge;
import io.fundtrail.proof.CannotProve;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.PublishedCodes;
import io.fundtrail.round.RoundInBrief;
import io.fundtrail.share.ShareClasses;
import io.fundtrail.store.ReadOnlyDatabase;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Gives out proof bundles, which whoever has one block hash can check without this service. */
public final class ProofRoutes implements Routes {
  private static final String PROOFS = "/v1/proofs/";
  private static final String RECEIPTS = "/v1/receipts/";
  private static final int LAST_RECORD_DATE = 65_535;
  private static final int LAST_LOG = Integer.MAX_VALUE - 1;

  private static final Name NAMELESS = (_, _) -> Optional.empty();

  private final ReadOnlyDatabase database;
  private final Moments moments;
  private final Supplier<ChainReader> chain;
  private final BigInteger chainId;

  /**
   * Routes that ask a node.
   *
   * @param chain throws a {@link Problem} while there is no node to ask
   */
  public ProofRoutes(
      ReadOnlyDatabase database, Moments moments, Supplier<ChainReader> chain, BigInteger chainId) {
    this.database = database;
    this.moments = moments;
    this.chain = chain;
    this.chainId = chainId;
  }

  /** What the service calls the thing that a bundle is about. */
  private interface Name {
    Optional<String> of(Handle handle, long block);
  }

  /** What the index knows of a question about a block, and how the node answers it then. */
  private interface Question {
    Supplier<ProofBundle> about(Handle handle, long block);
  }

  /**
   * A question.
   *
   * @param asOf the block that it is about
   * @param named what the service calls the thing that it is about
   */
  private record Asked(AsOf asOf, Supplier<ProofBundle> proof, String named) {
    private BlockRef block() {
      return asOf.block();
    }
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(
            PROOFS + "holding", this::holding, "contract", "wallet", "recordDate", "block", "at"),
        Route.get(PROOFS + "register", this::register, "contract", "recordDate", "block", "at"),
        Route.get(PROOFS + "history", this::history, "contract", "since", "block", "at"),
        Route.get(PROOFS + "event", this::event, "contract", "block", "logIndex"),
        Route.get(PROOFS + "commitment", this::commitment, "contract", "person", "block", "at"),
        Route.get(
            RECEIPTS + "holding",
            this::holdingReceipt,
            "contract",
            "wallet",
            "recordDate",
            "block",
            "at"),
        Route.get(
            RECEIPTS + "commitment", this::commitmentReceipt, "contract", "person", "block", "at"),
        Route.get(PROOFS + "solvency", this::solvency, "contract", "block", "at"));
  }

  private Answer holding(RequestParams request) {
    return answer(request.moment(), address(request, "contract"), holdingOf(request));
  }

  private Answer holdingReceipt(RequestParams request) {
    Address shareClass = address(request, "contract");
    return receipt(
        request.moment(),
        shareClass,
        holdingOf(request),
        (handle, block) ->
            ShareClasses.find(handle, shareClass, block)
                .map(found ->
                    "%s, %s (%s)"
                        .formatted(
                            found.company().name(), found.terms().name(), found.terms().symbol())));
  }

  private Question holdingOf(RequestParams request) {
    Address shareClass = address(request, "contract");
    Address wallet = address(request, "wallet");
    int recordDate = recordDate(request);
    return (_, block) -> () -> bundles().holding(shareClass, wallet, recordDate, block);
  }

  private Answer register(RequestParams request) {
    Address shareClass = address(request, "contract");
    int recordDate = recordDate(request);
    return answer(
        request.moment(),
        shareClass,
        (handle, block) -> {
          Set<Address> wallets = Bundles.wallets(handle, shareClass, block);
          return () -> bundles().register(shareClass, wallets, recordDate, block);
        });
  }

  private Answer history(RequestParams request) {
    Address contract = address(request, "contract");
    Optional<Field> since = request.query("since");
    OptionalLong from =
        since.map(field -> OptionalLong.of(field.blockNumber())).orElse(OptionalLong.empty());
    return answer(
        request.moment(),
        contract,
        (handle, block) -> {
          if (from.isPresent() && from.getAsLong() >= block) {
            throw since.orElseThrow().wrong("a block before block " + block);
          }
          List<Claim.Entry> events = Bundles.events(handle, contract, from, block);
          return () -> bundles().history(contract, events, from, block);
        });
  }

  private Answer event(RequestParams request) {
    Address contract = address(request, "contract");
    Field block = required(request, "block", "the number of the event's block");
    Field index = required(request, "logIndex", "the event's index in the block");
    LogRef log = new LogRef(block.blockNumber(), (int) index.integer(0, LAST_LOG));
    return answer(
        new Moment.AtBlock(log.blockNumber()),
        contract,
        (handle, _) -> {
          int transaction = entry(handle, contract, log).log().txIndex();
          return () -> bundles().event(contract, log, transaction);
        });
  }

  private Answer commitment(RequestParams request) {
    return answer(request.moment(), address(request, "contract"), commitmentOf(request));
  }

  private Answer commitmentReceipt(RequestParams request) {
    Address round = address(request, "contract");
    return receipt(
        request.moment(),
        round,
        commitmentOf(request),
        (handle, block) ->
            RoundInBrief.find(handle, round, block)
                .map(found -> "%s, round %s".formatted(found.company(), found.filing())));
  }

  private Question commitmentOf(RequestParams request) {
    Address round = address(request, "contract");
    PersonKey person =
        required(request, "person", "an identity, or the wallet of a person who has one").person();
    return (handle, block) -> {
      Hash identity = identity(handle, person, block);
      return () -> bundles().commitment(round, identity, block);
    };
  }

  private static Hash identity(Handle handle, PersonKey key, long block) {
    Hash identity = Investors.person(handle, key, block).identity();
    if (identity == null) {
      throw Problem.notFound("person with the wallet " + ((PersonKey.Wallet) key).address());
    }
    return identity;
  }

  private Answer solvency(RequestParams request) {
    Address contract = address(request, "contract");
    return answer(
        request.moment(), contract, (_, block) -> () -> bundles().solvency(contract, block));
  }

  private static LogEntry entry(Handle handle, Address contract, LogRef log) {
    EventFilter block = EventFilter.between(log.blockNumber(), log.blockNumber());
    return Journal.find(
            handle,
            block.by(Set.of(contract)),
            Journal.Order.OLDEST_FIRST,
            Optional.empty(),
            LAST_LOG)
        .stream()
        .filter(entry -> entry.log().ref().equals(log))
        .findFirst()
        .orElseThrow(() ->
            Problem.notFound(
                "event of %s at index %d of block %d"
                    .formatted(contract, log.logIndex(), log.blockNumber())));
  }

  private Answer answer(Moment moment, Address contract, Question question) {
    Asked asked = asked(moment, contract, question, NAMELESS);
    return Answer.tagged(
        () -> {
          ProofBundle bundle = prove(asked);
          return out -> BundleJson.write(bundle, out);
        },
        tag(asked.block()),
        asked.asOf().lasting());
  }

  private Answer receipt(Moment moment, Address contract, Question question, Name name) {
    Asked asked = asked(moment, contract, question, name);
    return Answer.download(
        "application/zip",
        Receipt.of(prove(asked), asked.named()),
        "receipt-%s-%d.zip".formatted(contract, asked.block().number()));
  }

  /** A question has one answer at a block, as long as the contracts listed are the same. */
  private String tag(BlockRef block) {
    return Keccak.hash(block.hash().bytes(), PublishedCodes.packed().hash().bytes()).toString();
  }

  /** The index is read, and its connection given back, before the node is asked. */
  private Asked asked(Moment moment, Address contract, Question question, Name name) {
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      if (Contracts.at(handle, contract).isEmpty()) {
        throw Problem.notFound("contract " + contract);
      }
      return new Asked(
          asOf,
          question.about(handle, block),
          name.of(handle, block).orElse("contract " + contract));
    });
  }

  private Bundles bundles() {
    return new Bundles(chain.get(), chainId, PublishedCodes.packed());
  }

  private ProofBundle prove(Asked asked) {
    try {
      if (!chain.get().header(asked.block().number()).hash().equals(asked.block().hash())) {
        throw Problem.of(
            ProblemType.CHAIN_UNAVAILABLE,
            "The node has another block %d than the index: one of them is behind. Ask again."
                .formatted(asked.block().number()));
      }
      return asked.proof().get();
    } catch (CannotProve e) {
      throw Problem.of(
          ProblemType.NOT_PROVABLE,
          "This cannot be proven: %s (%s)."
              .formatted(
                  e.getMessage(), e.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    } catch (BundleTooLarge e) {
      throw Problem.of(
          ProblemType.NOT_PROVABLE,
          "This takes %s. Ask for a history in parts, each with «since» the block of the one before."
              .formatted(e.getMessage()));
    } catch (RpcError e) {
      throw Problem.of(
          ProblemType.NOT_PROVABLE,
          "The node does not give the state of block %d, which it may have pruned. What the"
                  .formatted(asked.block().number())
              + " contract keeps is provable at the latest block still: holdings and registers at"
              + " record dates, and its whole history.");
    } catch (ChainUnavailable e) {
      throw Problem.of(ProblemType.CHAIN_UNAVAILABLE, "The node could not be reached in time.");
    }
  }

  private static Address address(RequestParams request, String name) {
    return required(request, name, "an address: 0x and 40 hex digits").address();
  }

  private static int recordDate(RequestParams request) {
    return request
        .query("recordDate")
        .map(field -> (int) field.integer(1, LAST_RECORD_DATE))
        .orElse(Claim.AT_THE_BLOCK);
  }

  private static Field required(RequestParams request, String name, String expected) {
    return request.query(name).orElseThrow(() -> Problem.invalid("query", name, null, expected));
  }
}
